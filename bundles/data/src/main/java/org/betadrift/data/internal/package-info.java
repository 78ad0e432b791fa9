/**
 * From CSV files to a panel, in this order: {@link org.betadrift.data.internal.CsvFile} reads and cuts each file,
 * {@link org.betadrift.data.internal.Differences} works on it alone, {@link org.betadrift.data.internal.Join} puts the
 * files side by side and {@link org.betadrift.data.internal.Aggregation} brings them to weeks or months.
 */
package org.betadrift.data.internal;
