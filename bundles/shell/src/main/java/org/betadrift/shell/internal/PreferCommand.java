package org.betadrift.shell.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.Callable;
import org.betadrift.model.InvalidInputException;
import org.betadrift.run.ExposureService;
import org.betadrift.run.StrategyInfo;
import org.betadrift.run.StrategyNotFoundException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prefer}: gives a strategy the highest ranking of its role, through its configuration. */
@Command(name = "prefer", description = "Gives a strategy the highest ranking of its role, by configuring it. Runs in progress keep what they have.")
final class PreferCommand implements Callable<Integer> {
    private final ExposureService exposures;
    private final ConfigurationAdmin configurations;
    private final BundleContext context;
    private final PrintStream out;

    @Mixin
    private HelpOption help;

    @Parameters(index = "0", paramLabel = "ROLE", description = "As the strategies command shows it, e.g. FilterEngine.")
    private String role;

    @Parameters(index = "1", paramLabel = "NAME", description = "The strategy's name.")
    private String name;

    @Option(names = "--bundle", paramLabel = "BUNDLE", description = "Its bundle, where several bundles have a strategy of that name.")
    private String bundle;

    PreferCommand(ExposureService exposures, ConfigurationAdmin configurations, BundleContext context, PrintStream out) {
        this.exposures = exposures;
        this.configurations = configurations;
        this.context = context;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        List<StrategyInfo> ofRole = exposures.strategies().stream().filter(s -> s.role().equals(role)).toList();
        if (ofRole.isEmpty()) {
            throw InvalidInputException.unknown("role", role,
                    exposures.strategies().stream().map(StrategyInfo::role).distinct().toList());
        }
        StrategyInfo chosen = chosen(ofRole);
        int highest = ofRole.stream().filter(s -> s.serviceId() != chosen.serviceId()).mapToInt(StrategyInfo::ranking).max().orElse(-1);
        if (chosen.ranking() > highest) {
            out.println(role + " " + name + " of " + chosen.bundle() + " has the highest ranking already: " + chosen.ranking());
            return Commands.DONE;
        }
        String pid = pid(chosen);
        Configuration configuration = configurations.getConfiguration(pid, "?");
        Dictionary<String, Object> properties = configuration.getProperties() == null ? new Hashtable<>() : configuration.getProperties();
        properties.put(Constants.SERVICE_RANKING, highest + 1);
        configuration.update(properties);
        out.println(role + " " + name + " of " + chosen.bundle() + " gets ranking " + (highest + 1) + " (configuration " + pid + ")");
        return Commands.DONE;
    }

    private StrategyInfo chosen(List<StrategyInfo> ofRole) {
        List<StrategyInfo> named = ofRole.stream().filter(s -> s.name().equals(name)).filter(s -> bundle == null || s.bundle().equals(bundle)).toList();
        if (named.isEmpty()) {
            throw new StrategyNotFoundException(role, name + (bundle == null ? "" : " of " + bundle),
                    ofRole.stream().map(s -> s.name() + (bundle == null ? "" : " of " + s.bundle())).distinct().toList());
        }
        if (named.size() > 1) {
            throw InvalidInputException.of(role + " " + name, "the name of several", "their bundles are "
                    + String.join(", ", named.stream().map(StrategyInfo::bundle).toList()), "say which by --bundle");
        }
        return named.get(0);
    }

    /** A component's PID is its name unless its author chose another one. */
    private String pid(StrategyInfo strategy) {
        try {
            ServiceReference<?>[] references = context.getAllServiceReferences(null, "(" + Constants.SERVICE_ID + "=" + strategy.serviceId() + ")");
            Object component = references == null ? null : references[0].getProperty("component.name");
            if (component == null) {
                throw InvalidInputException.of(role + " " + name, "no component of Declarative Services", "only those can be configured by name",
                        "set its service.ranking where it is registered");
            }
            return component.toString();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
