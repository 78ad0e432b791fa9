package org.betadrift.shell.internal;

import java.util.List;
import org.betadrift.run.ExposureService;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Gogo's {@code betadrift:prefer}; there only where a ConfigurationAdmin is. Thread-safe. */
@Component(name = "org.betadrift.shell.prefer", service = PreferService.class,
        property = {"osgi.command.scope=betadrift", "osgi.command.function=prefer"})
public final class PreferService {
    private final ExposureService exposures;
    private final ConfigurationAdmin configurations;
    private final BundleContext context;

    /** @param exposures knows who is present; @param configurations keep the ranking */
    @Activate
    public PreferService(@Reference ExposureService exposures, @Reference ConfigurationAdmin configurations, BundleContext context) {
        this.exposures = exposures;
        this.configurations = configurations;
        this.context = context;
    }

    /** See {@link CommandLineService#_main}. */
    public String _main(String[] nameAndArguments) {
        return Gogo.run((out, err, arguments) -> Commands.execute(out, err,
                List.of(new PreferCommand(exposures, configurations, context, out)), arguments), nameAndArguments);
    }
}
