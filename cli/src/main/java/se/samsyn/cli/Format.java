package se.samsyn.cli;

/** How a command prints data. */
enum Format {
    table,
    json,
    csv
}
