package se.samsyn.protocol.view;

/** Another dataset that a view reads beside its own, at the same basis. */
sealed interface Reading permits RosterReading, RegisterReading {}
