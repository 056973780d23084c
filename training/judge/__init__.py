"""How the judge of the comparison is made: data, network, training, export."""
