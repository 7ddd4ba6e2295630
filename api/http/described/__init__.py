"""What the API's description says beyond what the framework sees, a file for each room of routes."""
