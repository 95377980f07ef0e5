"""The front door: what this is, what I have to do now, help, and whether the service is up."""
