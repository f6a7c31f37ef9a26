"""What runs the server: settings, the database process, services, the worker, logs."""
