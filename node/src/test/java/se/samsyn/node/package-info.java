/** Real nodes in one process, for the tests of all packages, and what must hold of their stores after each. */
package se.samsyn.node;
