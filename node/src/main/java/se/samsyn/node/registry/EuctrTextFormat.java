package se.samsyn.node.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;

/**
 * The EU Clinical Trials Register's text file with full trial details: one protocol for each country of each trial, as the fields of the
 * application form. The protocols of one trial are read as one trial; where they stand in the file does not matter.
 */
final class EuctrTextFormat implements RegistryFormat {
    private static final Pattern LINE = Pattern.compile("\\R");

    @Override
    public String title() {
        return "EU Clinical Trials Register, full trial details";
    }

    @Override
    public boolean recognises(RegistryDocument document) {
        return document.json().isEmpty()
                && EuctrProtocol.SUMMARY.matcher(document.text()).find()
                && EuctrProtocol.FIRST_SECTION.matcher(document.text()).find();
    }

    @Override
    public List<RegistryTrial> read(RegistryDocument document) {
        Map<String, List<EuctrProtocol>> trials = new LinkedHashMap<>();
        for (List<String> lines : protocols(LINE.split(document.text(), -1))) {
            EuctrProtocol protocol = EuctrProtocol.parse(lines);
            trials.computeIfAbsent(protocol.number(), number -> new ArrayList<>())
                    .add(protocol);
        }
        if (trials.isEmpty()) {
            throw new MalformedException("there is no protocol in it, expected the line Summary before each");
        }
        return trials.values().stream().map(EuctrTrial::read).toList();
    }

    /** The lines of each protocol, the one that says {@code Summary} left out. */
    private static List<List<String>> protocols(String[] lines) {
        List<List<String>> protocols = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].strip().equals("Summary") && isSummary(lines, i + 1)) {
                protocols.add(new ArrayList<>());
            } else if (!protocols.isEmpty()) {
                protocols.get(protocols.size() - 1).add(lines[i]);
            } else if (EuctrProtocol.isField(lines[i])) {
                throw new MalformedException(
                        "line " + (i + 1) + ": a field before the first line Summary: the file is cut off at its top");
            }
        }
        return protocols;
    }

    /** A line that says {@code Summary} may stand in a free text too. */
    private static boolean isSummary(String[] lines, int from) {
        for (int i = from; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                return lines[i].startsWith(EuctrProtocol.NUMBER);
            }
        }
        return false;
    }
}
