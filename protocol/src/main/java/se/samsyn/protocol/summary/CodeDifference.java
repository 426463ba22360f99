package se.samsyn.protocol.summary;

import java.util.Optional;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.CodeList;

/** What the code lists of two versions of a definition do not have alike; how the codes are called, and in which order, is all the same. */
final class CodeDifference {
    private CodeDifference() {}

    /** The first code that one of the lists lacks, or has within another code; nothing if both have the same. */
    static Optional<String> either(CodeList told, CodeList asked) {
        return told.equals(asked) ? Optional.empty() : lacking(told, asked).or(() -> lacking(asked, told));
    }

    /** The first code of a list that the other lacks, or has within another code; nothing if it has them all. */
    static Optional<String> lacking(CodeList list, CodeList other) {
        return list.codes().stream()
                .filter(code -> !other.get(code.code()).map(Code::parent).equals(Optional.of(code.parent())))
                .map(Code::code)
                .findFirst();
    }
}
