/** What the storms of all containers share: threads that run estimates without pause, and the judge of what comes of them. */
package org.betadrift.it.storm;
