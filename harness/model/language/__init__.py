"""The tiny language in which the modules and the program of a case are written, a chapter of it in each module.

A chapter has the statements of which it speaks: what each says as Python text, what it binds and refers to, what a
stranger may say with it, and what is simpler. What it means stands in the chapter of the same name of the oracle.
"""
