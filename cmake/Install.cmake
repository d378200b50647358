# Where Debian expects things.
include(GNUInstallDirs)
install(TARGETS newswired RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
