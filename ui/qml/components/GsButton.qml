import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import "../theme"

// The one button. `kind`: primary (one per screen, bottom right), secondary, quiet, danger. A `bare` one shows its icon
// alone and keeps its words for those who listen.
Button {
    id: control

    property string kind: "secondary"
    property string iconName: ""
    property string iconAfter: ""
    property string note: ""
    property bool small: false
    property bool fill: false
    property bool bare: false

    // How wide it is with its words, whether they are shown or not.
    readonly property real fullWidth: iconPart.width + row.spacing + words.implicitWidth + 2 * (small ? GsTheme.gap : GsTheme.gapLarge)
    readonly property bool solid: kind === "primary"
    readonly property color ink: {
        if (!enabled)
            return GsTheme.colour.textSoft;
        if (solid)
            return GsTheme.colour.accentLabel;
        return kind === "danger" ? GsTheme.colour.bad : GsTheme.colour.accentInk;
    }

    focusPolicy: Qt.TabFocus
    implicitHeight: Math.max(small ? GsTheme.targetSmall : GsTheme.target, row.implicitHeight + GsTheme.px(18))
    implicitWidth: Math.max(implicitHeight, row.implicitWidth + 2 * (small ? GsTheme.gap : GsTheme.gapLarge))
    Accessible.name: text
    Accessible.description: note

    background: Rectangle {
        radius: GsTheme.radius
        color: {
            if (!control.enabled)
                return GsTheme.colour.sunken;
            if (control.solid)
                return control.down ? GsTheme.colour.accentPressed : GsTheme.colour.accent;
            if (control.down)
                return GsTheme.colour.accentSoft;
            return control.kind === "quiet" ? "transparent" : GsTheme.colour.surface;
        }
        border.width: control.solid || control.kind === "quiet" ? 0 : GsTheme.stroke
        border.color: control.enabled ? control.ink : GsTheme.colour.line
    }
    contentItem: Item {
        implicitWidth: row.implicitWidth
        implicitHeight: row.implicitHeight

        RowLayout {
            id: row
            anchors.centerIn: parent
            width: Math.min(implicitWidth, parent.width)
            spacing: GsTheme.gapSmall

            GsIcon {
                id: iconPart
                visible: control.iconName !== ""
                name: control.iconName
                colour: control.ink
                size: control.small ? GsTheme.px(28 * GsTheme.titles) : GsTheme.icon
            }
            ColumnLayout {
                visible: control.text !== "" && !control.bare
                spacing: 0
                GsText {
                    id: words
                    Layout.fillWidth: true
                    text: control.text
                    role: control.small ? "small" : "body"
                    strong: true
                    color: control.ink
                    lineHeight: 1.1
                    horizontalAlignment: control.note === "" && !control.fill ? Text.AlignHCenter : Text.AlignLeft
                }
                GsText {
                    visible: control.note !== ""
                    Layout.fillWidth: true
                    text: control.note
                    role: "caption"
                    color: control.ink
                    lineHeight: 1.15
                }
            }
            GsIcon {
                visible: control.iconAfter !== ""
                name: control.iconAfter
                colour: control.ink
            }
        }
    }
}
