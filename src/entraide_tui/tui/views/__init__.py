"""The texts and pictures that screens show, made from the state."""
