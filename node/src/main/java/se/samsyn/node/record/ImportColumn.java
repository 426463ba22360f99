package se.samsyn.node.record;

/**
 * A column of an import file: its name, whether it must be there and filled, how its cells are written, and an example.
 *
 * @param quiet whether a report must not repeat what the cell holds, because it might be a person's number
 */
record ImportColumn<T>(String name, boolean required, Form<T> form, String example, boolean quiet) {
    static <T> ImportColumn<T> required(String name, Form<T> form, String example) {
        return new ImportColumn<>(name, true, form, example, false);
    }

    static <T> ImportColumn<T> optional(String name, Form<T> form, String example) {
        return new ImportColumn<>(name, false, form, example, false);
    }

    ImportColumn<T> unrepeated() {
        return new ImportColumn<>(name, required, form, example, true);
    }
}
