/** Strategies and a host for the swap tests, as strangers would write them: installed, configured and taken away while runs are inside. */
package org.betadrift.it.guest;
