@echo off
rem betadrift COMMAND ...: the command line, in an embedded OSGi framework. Needs Java 17 or newer and nothing else.
rem JAVA_HOME chooses the Java, else the one on the path; JAVA_OPTS holds further options for the virtual machine.
setlocal DisableDelayedExpansion
set "BETADRIFT_HOME=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -XX:+UseSerialGC -Xshare:auto %JAVA_OPTS% "-Dbetadrift.home=%BETADRIFT_HOME%" -cp "%BETADRIFT_HOME%\lib\*" org.betadrift.distribution.felix.Main %*
exit /b %ERRORLEVEL%
