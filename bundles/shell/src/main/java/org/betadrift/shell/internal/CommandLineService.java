package org.betadrift.shell.internal;

import java.io.PrintStream;
import java.util.function.ToIntBiFunction;
import org.betadrift.data.PanelReader;
import org.betadrift.report.ReportRenderer;
import org.betadrift.run.ExposureService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands as one service of two kinds. For a launcher that shares no types with us: a {@code ToIntBiFunction} with the
 * property {@code betadrift.role=command-line} takes the arguments and two streams (result, errors) and gives the exit
 * code. For Gogo: one function a command, whose result is the text. It stays while the runtime is away, to say so; it is
 * immediate, since Gogo would drop it, and its history, after every command. Thread-safe.
 */
@Component(name = "org.betadrift.shell", immediate = true, service = ToIntBiFunction.class, property = {"betadrift.role=command-line",
    "osgi.command.scope=betadrift", "osgi.command.function=demo", "osgi.command.function=estimate", "osgi.command.function=strategies",
    "osgi.command.function=runs", "osgi.command.function=compare-runs", "osgi.command.function=help"})
public final class CommandLineService implements ToIntBiFunction<String[], PrintStream[]> {
    private static final Logger LOG = LoggerFactory.getLogger(CommandLineService.class);

    private final ByName<PanelReader> readers = new ByName<>(PanelReader.class);
    private final ByName<ReportRenderer> renderers = new ByName<>(ReportRenderer.class);
    private final Commands commands = new Commands(new Services(() -> this.exposures, readers, renderers, new History()));

    /** The host's one door; null while the runtime is away. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile ExposureService exposures;

    /** The commands can't say any more that they are gone; the log can. */
    @Deactivate
    void stop(BundleContext context) {
        if (context.getBundle(0).getState() != Bundle.STOPPING) {
            LOG.info("{} stops: missing from now on the commands of scope betadrift", context.getBundle());
        }
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

    /** Gogo calls the method of this name for every function, with the function's name first: a Java name can't hold a hyphen. */
    public String _main(String[] nameAndArguments) {
        return Gogo.run(commands::execute, nameAndArguments);
    }
}
