import QtQuick
import QtQuick.Layouts
import "../theme"

// A raised sheet whose children stand in one column.
GsSurface {
    id: card

    default property alias items: column.data
    property alias spacing: column.spacing
    property int padding: GsTheme.gapLarge

    implicitHeight: column.implicitHeight + 2 * padding
    implicitWidth: column.implicitWidth + 2 * padding

    ColumnLayout {
        id: column
        anchors.fill: parent
        anchors.margins: card.padding
        spacing: GsTheme.gap
    }
}
