package se.samsyn.cli;

/** How a draft is printed. */
enum DraftFormat {
    table,
    json
}
