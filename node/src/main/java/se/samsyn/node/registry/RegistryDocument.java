package se.samsyn.node.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One document as it was delivered.
 *
 * @param name the name of the file, with its path inside an archive; for messages only
 * @param text its content
 * @param json the content as JSON, if it is that
 */
record RegistryDocument(String name, String text, Optional<JsonNode> json) {}
