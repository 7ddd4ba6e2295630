"""Other services that cases come from and packs go back to: help desks and payment processors."""
