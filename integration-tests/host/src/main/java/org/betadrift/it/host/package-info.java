/** betadrift embedded in an application that is no bundle itself: the example for host developers. */
package org.betadrift.it.host;
