"""The screens: they show the state and send commands; they decide nothing."""
