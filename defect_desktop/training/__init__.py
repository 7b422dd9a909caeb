"""The training lab: a labelled data set in, a calibrated model pack out. With the torch engine, torch's only place."""
