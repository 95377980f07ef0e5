"""A paper in every format: each writer takes a `packs.document.Document` and nothing else.

What a paper says is decided before it comes here. A writer decides how it looks, where a page ends and
what is too long for a slide; it leaves nothing out and adds no figure.
"""
