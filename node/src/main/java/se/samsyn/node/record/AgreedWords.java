package se.samsyn.node.record;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.CodeList;

/**
 * The words that the network agreed on, as its files have them: code lists, and what the registries' own words mean
 * in them.
 */
final class AgreedWords {
    private static final String CODE_LISTS = "code-lists/";
    private static final String VOCABULARY = "vocabulary/";

    private final Map<String, CodeList> codeLists = new HashMap<>();
    private final Map<String, Vocabulary> vocabularies = new HashMap<>();

    /**
     * Reads every code list and every vocabulary.
     *
     * @throws MalformedException if one of them is malformed
     */
    AgreedWords(NetworkFiles files) {
        for (String path : files.list(CODE_LISTS)) {
            CodeList list = files.codeList(path.substring(CODE_LISTS.length()).replaceFirst("\\.json$", ""));
            codeLists.put(list.name(), list);
        }
        for (String path : files.list(VOCABULARY)) {
            String name = path.substring(VOCABULARY.length()).replaceFirst("\\.csv$", "");
            vocabularies.put(name, Vocabulary.parse(files.read(path), codes(name)));
        }
    }

    /**
     * A code list.
     *
     * @throws MalformedException if the network has none of that name
     */
    CodeList codes(String name) {
        return present(codeLists.get(name), CODE_LISTS + name + ".json");
    }

    /**
     * The vocabulary of a code list.
     *
     * @throws MalformedException if the network has none of that name
     */
    Vocabulary vocabulary(String name) {
        return present(vocabularies.get(name), VOCABULARY + name + ".csv");
    }

    private static <T> T present(@Nullable T file, String path) {
        if (file == null) {
            throw new MalformedException("the network's files lack " + path);
        }
        return file;
    }
}
