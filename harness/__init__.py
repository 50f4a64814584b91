"""The ground of the suite: what a case is, how it is run, what is predicted, what is compared."""
