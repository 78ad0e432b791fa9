/**
 * Reading a panel from files. The rules of time: differences are taken row to row in a column's own file BEFORE files
 * are joined (a difference next to an empty cell is missing); rows are cut before anything else; files are joined on the
 * first file's dates; periods are dated by their end, and one without data is missing, never zero.
 */
@Export
@Version("1.0.0")
package org.betadrift.data;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
