package org.betadrift.shell.internal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.ToIntBiFunction;
import org.betadrift.data.PanelReader;
import org.betadrift.report.ReportRenderer;
import org.betadrift.run.ExposureService;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The commands as two services. For a launcher that shares no types with us: a {@code ToIntBiFunction} with the property
 * {@code betadrift.role=command-line} takes the arguments and two streams (result, errors) and gives the exit code. For
 * Gogo: one function a command, whose result is the text. Thread-safe.
 */
@Component(service = ToIntBiFunction.class, property = {"betadrift.role=command-line",
    "osgi.command.scope=betadrift", "osgi.command.function=demo", "osgi.command.function=estimate", "osgi.command.function=strategies",
    "osgi.command.function=help"})
public final class CommandLineService implements ToIntBiFunction<String[], PrintStream[]> {
    private final ByName<PanelReader> readers = new ByName<>(PanelReader.class);
    private final ByName<ReportRenderer> renderers = new ByName<>(ReportRenderer.class);
    private final Commands commands;

    /** @param exposures the host's one door */
    @Activate
    public CommandLineService(@Reference ExposureService exposures) {
        commands = new Commands(new Services(exposures, readers, renderers));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addReader(ServiceReference<PanelReader> reference, PanelReader reader) {
        readers.add(reference, reader);
    }

    void removeReader(ServiceReference<PanelReader> reference) {
        readers.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addRenderer(ServiceReference<ReportRenderer> reference, ReportRenderer renderer) {
        renderers.add(reference, renderer);
    }

    void removeRenderer(ServiceReference<ReportRenderer> reference) {
        renderers.remove(reference);
    }

    @Override
    public int applyAsInt(String[] args, PrintStream[] outAndErr) {
        return commands.execute(outAndErr[0], outAndErr[1], args);
    }

    /** Gogo: {@code betadrift:demo}. */
    public String demo(String... args) {
        return gogo("demo", args);
    }

    /** Gogo: {@code betadrift:estimate}. */
    public String estimate(String... args) {
        return gogo("estimate", args);
    }

    /** Gogo: {@code betadrift:strategies}. */
    public String strategies(String... args) {
        return gogo("strategies", args);
    }

    /** Gogo: {@code betadrift:help}. */
    public String help(String... args) {
        return gogo("help", args);
    }

    /** @throws IllegalArgumentException the command failed; its message is the one line for the user */
    private String gogo(String command, String... args) {
        String[] all = new String[args.length + 1];
        all[0] = command;
        System.arraycopy(args, 0, all, 1, args.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = commands.execute(new PrintStream(out, false, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), all);
        if (code != Commands.DONE) {
            throw new IllegalArgumentException(err.toString(StandardCharsets.UTF_8).strip());
        }
        return out.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
