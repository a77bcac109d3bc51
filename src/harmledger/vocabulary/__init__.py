"""Kinds, groups, actors, means, grades: closed lists as data, and the loader that checks them."""
