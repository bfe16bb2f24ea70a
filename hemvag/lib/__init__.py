"""Clock, references and text: pure Python."""
