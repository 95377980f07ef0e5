"""What is in a file, looked for by a process of its own: this package runs without the application.

It knows only itself and the libraries it needs, because a file of a few kilobytes can ask for hours and
gigabytes, and whoever reads it must be able to fail alone.
"""
