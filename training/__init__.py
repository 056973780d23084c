"""How the reading model is made: `python -m training.make_model --help`."""
