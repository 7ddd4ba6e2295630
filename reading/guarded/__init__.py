"""What runs inside, or right around, the guarded child: lockdown, channel, zygote. Thin on purpose: no pydantic, no numpy."""
