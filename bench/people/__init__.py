"""Finding people: an invented crowd, a labelled set planted in it, and three ways of looking, side by side."""
