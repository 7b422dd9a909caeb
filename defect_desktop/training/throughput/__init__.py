"""How many photos a second are trained on, beside the plain loop that anybody would write with timm."""
