/**
 * Signed JSON: strict parsing, canonical encoding (RFC 8785 for a profile without fractions), and JSON Schema checks.
 */
@NullMarked
package se.samsyn.protocol.json;

import org.jspecify.annotations.NullMarked;
