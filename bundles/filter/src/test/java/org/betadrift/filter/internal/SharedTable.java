package org.betadrift.filter.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.betadrift.model.ReturnPanel;
import org.betadrift.testkit.SharedFolder;

/** A file of the shared folder: a header, a first column of labels, numbers; an empty cell is missing. Skips where there is no such folder. */
final class SharedTable {
    private final List<String> header;
    private final List<String[]> rows;

    SharedTable(String name) throws IOException {
        List<String> lines = Files.readAllLines(SharedFolder.file("data/" + name));
        header = Arrays.asList(lines.get(0).split(","));
        rows = lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
    }

    int size() {
        return rows.size();
    }

    String label(int row) {
        return rows.get(row)[0];
    }

    double[] column(String name) {
        int at = header.indexOf(name);
        return rows.stream().mapToDouble(row -> row[at].isEmpty() ? Double.NaN : Double.parseDouble(row[at])).toArray();
    }

    /** On days that follow each other: the labels are quarters and years. */
    ReturnPanel.Builder panel() {
        return ReturnPanel.builder(IntStream.range(0, size()).mapToObj(LocalDate.EPOCH::plusDays).toList());
    }
}
