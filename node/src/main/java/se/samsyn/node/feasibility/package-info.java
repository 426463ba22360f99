/** Asking members whether they can take part in a trial, and answering: both in the node's own signed word. */
@NullMarked
package se.samsyn.node.feasibility;

import org.jspecify.annotations.NullMarked;
