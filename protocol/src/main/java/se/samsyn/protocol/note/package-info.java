/**
 * Signed notes (C2SP signed-note): texts with signature lines, the keys that made them, and their strict verification.
 */
@NullMarked
package se.samsyn.protocol.note;

import org.jspecify.annotations.NullMarked;
