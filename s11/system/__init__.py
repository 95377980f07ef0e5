"""Running the installation: whether it is well, its partnerships, and who may sign in. Reads no answers."""
