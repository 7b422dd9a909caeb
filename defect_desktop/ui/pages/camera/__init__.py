"""The camera page: what the camera sees with a running verdict on it, and photos at the press of a button."""
