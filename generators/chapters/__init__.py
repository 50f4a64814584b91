"""Writers of statements, by the chapter of the language that the statements are of."""
