"""Registers that people bring as files: read (`reading`, `worker`), understood (`understanding`, and one
file for each layout), compared with what is there (`comparing`), and applied (`applying`)."""
