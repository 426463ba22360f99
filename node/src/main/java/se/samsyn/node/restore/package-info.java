/** What a node does about a store that is old, lost or damaged: it is rebuilt, caught up and repaired from what the peers hold. */
@NullMarked
package se.samsyn.node.restore;

import org.jspecify.annotations.NullMarked;
