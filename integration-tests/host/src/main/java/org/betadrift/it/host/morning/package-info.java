/** betadrift used by a component in a bundle of the host's own. */
package org.betadrift.it.host.morning;
