package org.betadrift.data.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.betadrift.data.Frequency;
import org.betadrift.data.PanelReader;
import org.betadrift.data.PanelRequest;
import org.betadrift.estimation.Strategy;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.ReturnPanel;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The {@code csv} reader. The steps stand in the order in which they count: cut, difference, join, aggregate. */
@Component(name = "org.betadrift.reader.csv")
@Designate(ocd = Ranking.class)
@Strategy(name = "csv", description = "CSV files with the date in the first column; joins, differences and aggregates them")
public final class CsvPanelReader implements PanelReader {
    @Override
    public ReturnPanel read(PanelRequest request) {
        Cut cut = Cut.of(request);
        List<Table> tables = new ArrayList<>();
        for (Path file : request.files()) {
            Table table = CsvFile.read(file, cut);
            tables.add(table.map(column -> request.deltas().contains(column.name()) ? Differences.of(column, table.dates()) : column));
        }
        Table joined = Join.of(tables);
        requirePresent(request, joined.names());
        return panel(Aggregation.of(joined, request), steps(request));
    }

    /** A misspelt name would be taken for nothing, and its column compounded. */
    private static void requirePresent(PanelRequest request, List<String> names) {
        TreeSet<String> unknown = new TreeSet<>(request.levels());
        unknown.addAll(request.deltas());
        names.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw InvalidInputException.unknown("column", unknown.first(), names);
        }
    }

    /** What a reader of the numbers must know to make them again. */
    private static List<String> steps(PanelRequest request) {
        List<String> steps = new ArrayList<>();
        request.files().forEach(file -> steps.add("file " + Message.visible(file.toString())));
        if (request.from().isPresent() || request.to().isPresent()) {
            steps.add("rows " + Cut.of(request));
        }
        if (!request.deltas().isEmpty()) {
            steps.add("differences of " + String.join(", ", request.deltas()));
        }
        if (request.frequency() != Frequency.NONE) {
            steps.add(request.frequency().toString() + (request.levels().isEmpty() ? "" : ", last value of " + String.join(", ", request.levels())));
        }
        return steps;
    }

    private static ReturnPanel panel(Table table, List<String> steps) {
        ReturnPanel.Builder panel = ReturnPanel.builder(table.dates());
        steps.forEach(panel::step);
        for (Column column : table.columns()) {
            column.warnings().forEach(sentence -> panel.warning(column.name(), sentence));
            if (column.isReadable()) {
                panel.column(column.name(), column.values());
            } else {
                panel.unreadable(column.name(), column.unreadable());
            }
        }
        return panel.build();
    }
}
