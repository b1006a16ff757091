"""What `kiosk doctor` finds: the terminal itself, its devices and services, and what each device really does."""
