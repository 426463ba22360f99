package se.samsyn.node.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.protocol.MalformedException;

/**
 * Reads whatever registries and agencies deliver: a document or a ZIP archive of them, the format of each found by its content. A document
 * is either read whole or refused whole. Bounded in length, number and depth, so that no file takes more memory than the largest permitted
 * one.
 */
public final class RegistryDocuments {
    /** The most bytes in a document: 4 MiB. */
    public static final int MAX_DOCUMENT_LENGTH = 4 << 20;

    /** The most bytes in all documents of an archive: 64 MiB. */
    public static final int MAX_UNPACKED_LENGTH = 64 << 20;

    /** The most documents in an archive. */
    public static final int MAX_DOCUMENTS = 10_000;

    /** The most members that a refusal lists. */
    private static final int MAX_MEMBERS_SHOWN = 8;

    private final List<RegistryFormat> formats;
    private final Gazetteer gazetteer;

    /**
     * A reader of all formats.
     *
     * @throws MalformedException if the network's tables of places are malformed
     */
    public RegistryDocuments(NetworkFiles files) {
        this(
                files,
                List.of(
                        new CtgovV2Format(),
                        new CtisFormat(),
                        new EuctrTextFormat(),
                        new LvEpmFormat(),
                        new FhirFormat()));
    }

    RegistryDocuments(NetworkFiles files, List<RegistryFormat> formats) {
        gazetteer = new Gazetteer(files);
        this.formats = formats;
    }

    /**
     * Reads a file: what came of each of its documents, in their order. An archive that is damaged or breaks a bound is refused as one
     * document.
     *
     * @param name of the file, for messages only
     */
    public List<DocumentReading> read(String name, byte[] file) {
        try {
            if (!Archive.isArchive(file)) {
                return List.of(readDocument(name, file));
            }
            List<DocumentReading> readings = new ArrayList<>();
            Archive.read(name, file, (entry, bytes) -> readings.add(readDocument(name + "!" + entry, bytes)));
            return readings;
        } catch (MalformedException e) {
            return List.of(new DocumentReading.Refused(name, reason(e)));
        }
    }

    /** Where a site lies, by the network's tables of cities and postal codes. */
    public Placement place(RegistrySite site) {
        return gazetteer.place(site);
    }

    private DocumentReading readDocument(String name, byte[] bytes) {
        try {
            if (bytes.length > MAX_DOCUMENT_LENGTH) {
                throw new MalformedException(
                        bytes.length + " bytes, at most " + MAX_DOCUMENT_LENGTH + ": import it in several files");
            }
            if (Archive.isArchive(bytes)) {
                throw new MalformedException("an archive within an archive: unpack it first");
            }
            String text = Utf8.decode(bytes);
            RegistryDocument document = new RegistryDocument(name, text, DocumentJson.parse(text));
            for (RegistryFormat format : formats) {
                if (format.recognises(document)) {
                    return new DocumentReading.Read(name, format.title(), format.read(document));
                }
            }
            throw new MalformedException(unknown(document));
        } catch (MalformedException e) {
            return new DocumentReading.Refused(name, reason(e));
        }
    }

    private String unknown(RegistryDocument document) {
        return "in none of the formats that are known, which are "
                + formats.stream().map(RegistryFormat::title).collect(Collectors.joining("; ")) + ". It is "
                + document.json().map(RegistryDocuments::shape).orElse("text that is not JSON");
    }

    private static String shape(JsonNode json) {
        if (json.isArray()) {
            return json.isEmpty()
                    ? "an empty JSON array"
                    : "a JSON array, of which the first element is " + shape(json.get(0));
        }
        if (!json.isObject()) {
            return "a single JSON value";
        }
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names.isEmpty()
                ? "an empty JSON object"
                : "a JSON object with the members "
                        + names.stream().limit(MAX_MEMBERS_SHOWN).collect(Collectors.joining(", "))
                        + (names.size() > MAX_MEMBERS_SHOWN ? ", …" : "");
    }

    private static String reason(MalformedException e) {
        return Optional.ofNullable(e.getMessage()).orElse("malformed");
    }
}
