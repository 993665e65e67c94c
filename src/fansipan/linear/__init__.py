"""Linear models with integers as labelled arrays: keys, model, solver, solving again, time budget, LP text."""
