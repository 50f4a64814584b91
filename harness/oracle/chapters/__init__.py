"""What the statements of each chapter of the language mean: ``STATEMENTS`` is the table of its rules."""
