package org.betadrift.distribution.felix;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * What the component runtime knows about components that offer no service. It is read by reflection: the runtime's API is in a bundle, and
 * the launcher's class path shall not hold a second copy of it.
 */
final class ComponentReport {

    private static final String RUNTIME = "org.osgi.service.component.runtime.ServiceComponentRuntime";
    private static final int FAILED_ACTIVATION = 16;

    private ComponentReport() {}

    /** One sentence for every component that waits for a reference or failed. */
    static List<String> unsatisfied(BundleContext context) {
        ServiceReference<?> reference = context.getServiceReference(RUNTIME);
        if (reference == null) {
            return List.of("no component runtime");
        }
        List<String> lines = new ArrayList<>();
        try {
            Object runtime = context.getService(reference);
            Class<?> api = runtime.getClass().getClassLoader().loadClass(RUNTIME);
            Bundle[] all = {};
            Object descriptions = api.getMethod("getComponentDescriptionDTOs", Bundle[].class).invoke(runtime, (Object) all);
            for (Object description : (Collection<?>) descriptions) {
                Object configurations = api.getMethod("getComponentConfigurationDTOs", description.getClass()).invoke(runtime, description);
                for (Object configuration : (Collection<?>) configurations) {
                    describe(description, configuration, lines);
                }
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            lines.add("the component runtime does not answer: " + e);
        }
        return lines;
    }

    private static void describe(Object description, Object configuration, List<String> lines) throws ReflectiveOperationException {
        Object references = field(configuration, "unsatisfiedReferences");
        String component = "component " + field(description, "name") + " of bundle " + field(field(description, "bundle"), "symbolicName");
        for (int i = 0; i < Array.getLength(references); i++) {
            lines.add(component + " waits for " + field(Array.get(references, i), "name"));
        }
        if (field(configuration, "state").equals(FAILED_ACTIVATION)) {
            // The first line of the failure is the exception, the rest its stack.
            lines.add(component + " failed: " + String.valueOf(field(configuration, "failure")).lines().findFirst().orElse("no reason given"));
        }
    }

    private static Object field(Object dto, String name) throws ReflectiveOperationException {
        return dto.getClass().getField(name).get(dto);
    }
}
