"""The screens: they show the state and send gestures; they decide nothing."""
